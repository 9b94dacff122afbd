# frozen_string_literal: true

# Stands for Chef in tests.
module Converge
  # What a recipe or a test got wrong.
  class Refused < StandardError
  end

  # A part of the attributes: names as strings or symbols, never changed by a recipe.
  class Attributes < Hash
    def self.of(value)
      case value
      when Hash then value.each_with_object(new) { |(key, inner), all| all.store(key.to_s, of(inner)) }.freeze
      when Array then value.map { |inner| of(inner) }.freeze
      else value.frozen? ? value : value.dup.freeze
      end
    end

    def [](key)
      super(key.to_s)
    end

    def fetch(key, *default, &)
      super(key.to_s, *default, &)
    end

    def key?(key)
      super(key.to_s)
    end

    def dig(key, *others)
      value = self[key]
      others.empty? || value.nil? ? value : value.dig(*others)
    end
    alias read dig
  end

  # `default['a']['b'] = 1` in a file of attributes.
  class Level
    attr_reader :values

    def initialize(values = {})
      @values = values
    end

    def [](key)
      inner = (@values[key.to_s] ||= {})
      inner.is_a?(Hash) ? Level.new(inner) : inner
    end

    def []=(key, value)
      @values[key.to_s] = Converge.plain(value)
    end
  end

  # A file of attributes as Chef evaluates it.
  class AttributesFile
    attr_reader :levels

    def initialize
      @levels = { default: Level.new, override: Level.new }
    end

    def default
      @levels[:default]
    end

    def override
      @levels[:override]
    end

    def method_missing(name, *)
      raise Refused, "a file of attributes says `#{name}`; converge.rb knows default[…] and override[…] only"
    end

    def respond_to_missing?(*)
      false
    end
  end

  # As Chef merges: hashes key by key, all else as a whole, lists too.
  def self.merge(*layers)
    layers.reduce({}) do |below, above|
      below.merge(above) { |_, old, new| old.is_a?(Hash) && new.is_a?(Hash) ? merge(old, new) : new }
    end
  end

  def self.plain(value)
    case value
    when Hash then value.to_h { |key, inner| [key.to_s, plain(inner)] }
    when Array then value.map { |inner| plain(inner) }
    when Symbol then value.to_s
    else value
    end
  end

  # The node as recipes and templates see it.
  class Node
    attr_reader :name, :chef_environment, :attributes

    def initialize(name, environment, roles, attributes)
      @name = name
      @chef_environment = environment
      @roles = roles
      @attributes = Attributes.of(attributes)
    end

    def [](key)
      @attributes[key]
    end

    def dig(...)
      @attributes.dig(...)
    end
    alias read dig

    def fetch(...)
      @attributes.fetch(...)
    end

    def role?(name)
      @roles.include?(name.to_s)
    end

    def method_missing(name, *)
      raise Refused, "node.#{name}: not in converge.rb; read attributes by node['…']"
    end

    def respond_to_missing?(*)
      false
    end
  end
end
