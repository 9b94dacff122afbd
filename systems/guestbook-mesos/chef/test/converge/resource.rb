# frozen_string_literal: true

module Converge
  # A value that is asked for when the resource is converged.
  Lazy = Struct.new(:block)

  Notification = Struct.new(:action, :to, :timing)
  Guard = Struct.new(:kind, :command, :block)

  # What all resources have. A subclass names its properties and says how each of its actions is done.
  class Resource
    TIMINGS = %i[delayed immediately].freeze
    attr_reader :name, :recipe, :notifications, :subscriptions, :guards, :machine

    class << self
      attr_reader :properties, :actions, :word

      def properties_are(*names)
        @properties = names
        names.each do |property|
          define_method(property) do |value = NOTHING, &block|
            return @values[property] = value.equal?(NOTHING) ? block : value unless value.equal?(NOTHING) && block.nil?

            given = @values[property]
            given.is_a?(Lazy) ? recipe.instance_eval(&given.block) : given
          end
        end
      end

      # The first one is what happens where a recipe says nothing.
      def actions_are(*names)
        @actions = names
      end

      def called(word)
        @word = word
      end
    end
    NOTHING = Object.new.freeze

    def initialize(name, recipe, machine)
      @name = name
      @recipe = recipe
      @machine = machine
      @values = {}
      @actions = [self.class.actions.first]
      @guards = []
      @notifications = []
      @subscriptions = []
    end

    def to_s
      "#{self.class.word}[#{name}]"
    end

    def node
      recipe.node
    end

    def lazy(&block)
      Lazy.new(block)
    end

    def action(*wanted)
      return @actions if wanted.empty?

      @actions = wanted.flatten.map(&:to_sym)
      unknown = @actions - self.class.actions - [:nothing]
      raise Refused, "#{self}: has no action #{unknown.join(', ')}" unless unknown.empty?
    end

    def sensitive(value = NOTHING)
      value.equal?(NOTHING) ? @sensitive : @sensitive = value
    end

    def retries(_count); end

    def retry_delay(_seconds); end

    def only_if(command = nil, **_options, &block)
      @guards << Guard.new(:only_if, command, block)
    end

    def not_if(command = nil, **_options, &block)
      @guards << Guard.new(:not_if, command, block)
    end

    def notifies(action, to, timing = :delayed)
      @notifications << Notification.new(action.to_sym, to, timing_of(timing))
    end

    def subscribes(action, to, timing = :delayed)
      @subscriptions << Notification.new(action.to_sym, to, timing_of(timing))
    end

    # What a report says of it.
    def to_h
      values = @values.keys.to_h { |property| [property.to_s, shown(public_send(property))] }
      { 'resource' => to_s, 'recipe' => recipe.to_s, 'properties' => sensitive ? {} : values }
    end

    def method_missing(word, *)
      raise Refused, "#{self} in #{recipe} says `#{word}`, which converge.rb does not know for #{self.class.word}"
    end

    def respond_to_missing?(*)
      false
    end

    private

    def timing_of(timing)
      given = timing == :immediate ? :immediately : timing.to_sym
      if TIMINGS.include?(given)
        given
      else
        (raise Refused,
               "#{self}: notifications are :delayed or :immediately, not #{timing}")
      end
    end

    def shown(value)
      case value
      when Proc then 'a block'
      when Hash, Array, String, Numeric, true, false, nil then value
      else value.to_s
      end
    end
  end
end
