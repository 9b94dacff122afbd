# frozen_string_literal: true

require_relative 'resources'
require_relative 'converging'

module Converge
  # The resources of all recipes of a run list, in the order in which the recipes declare them.
  class Collection
    attr_reader :resources, :repository, :node, :machine

    def initialize(repository, node, machine)
      @repository = repository
      @node = node
      @machine = machine
      @resources = []
      @included = []
    end

    def include_recipe(name, from: nil)
      cookbook, recipe = name.include?('::') ? name.split('::') : [name, 'default']
      unless from.nil? || cookbook == from.name || from.dependencies.include?(cookbook)
        raise Refused, "#{from.name} includes #{name}, and its metadata.rb does not depend on #{cookbook}"
      end
      return if @included.include?([cookbook, recipe])

      @included << [cookbook, recipe]
      Recipe.new(self, repository.cookbook(cookbook), recipe).evaluate
    end

    def named(text)
      text.is_a?(Resource) ? text : resources.reverse.find { |resource| resource.to_s == text }
    end
  end

  # What a recipe may say.
  class Recipe
    attr_reader :node, :cookbook

    def initialize(collection, cookbook, name)
      @collection = collection
      @cookbook = cookbook
      @name = name
      @node = collection.node
    end

    def evaluate
      path = cookbook.file('recipes', "#{@name}.rb")
      instance_eval(File.read(path), path)
    end

    def to_s
      "#{cookbook.name}::#{@name}"
    end

    def cookbook_name
      cookbook.name
    end

    def cookbook_named(name)
      @collection.repository.cookbook(name)
    end

    def include_recipe(*names)
      names.each { |name| @collection.include_recipe(name, from: cookbook) }
    end

    def resources(text)
      @collection.named(text) or raise Refused, "#{self}: there is no resource #{text}"
    end

    def lazy(&block)
      Lazy.new(block)
    end

    def platform?(*names)
      names.include?(node['platform'])
    end

    RESOURCES.each do |word, kind|
      define_method(word) do |name, &block|
        resource = kind.new(name, self, @collection.machine)
        resource.instance_eval(&block) if block
        @collection.resources << resource
        resource
      end
    end

    def method_missing(word, *)
      raise Refused, "#{self} uses `#{word}`, which converge.rb does not know; it knows #{RESOURCES.keys.join(', ')}"
    end

    def respond_to_missing?(*)
      false
    end
  end
end
