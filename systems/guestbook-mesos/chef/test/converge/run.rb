# frozen_string_literal: true

require 'json'
require_relative 'repository'
require_relative 'machine'
require_relative 'recipe'

module Converge
  # Some converges of one machine, one after the other.
  class Run
    # What Ohai would find on the machine, as far as a recipe may ask.
    FOUND = { 'platform' => 'debian', 'platform_family' => 'debian', 'os' => 'linux' }.freeze

    def initialize(json:, environment:, root:, times:, guards:, image:, real: false,
                   repository: File.dirname(__dir__, 2))
      @repository = Repository.new(repository)
      @environment = environment
      @times = times
      @guards = guards
      @machine = Machine.new(root, JSON.parse(File.read(image)), repository, real:)
      @roles, @recipes = @repository.expand(json.fetch('run_list'))
      @node = Node.new(name_of(json), environment, @roles, attributes(json.except('run_list')))
    end

    def all
      runs = (1..@times).map { |time| once(time) }
      { 'roles' => @roles, 'recipes' => @recipes, 'attributes' => @node.attributes, 'runs' => runs,
        'files' => @machine.files }
    end

    private

    def name_of(json)
      json.dig('guestbook_mesos', 'node', 'id') || 'node'
    end

    def once(time)
      collection = Collection.new(@repository, @node, @machine)
      @machine.inside { @recipes.each { |recipe| collection.include_recipe(recipe) } }
      Converging.new(collection, @machine, Guards.new(@guards, @machine, time)).all
    end

    def cookbooks
      names = @recipes.map { |recipe| recipe.split('::').first }
      @repository.needed(names).map { |name| @repository.cookbook(name) }
    end

    # Chef's precedence: defaults of cookbooks, environment and roles; what the node itself has; then what overrides it,
    # of cookbooks, roles and environment.
    def attributes(own)
      cookbooks.flat_map(&:libraries).each { |path| require path }
      files = cookbooks.map(&:attributes)
      environment = @repository.environment(@environment)
      roles = @roles.reverse.map { |name| @repository.role(name) }
      defaults = [*files.map { |levels| levels[:default].values },
                  *[environment, *roles].map { |one| one.fetch('default_attributes', {}) }]
      overrides = [*files.map { |levels| levels[:override].values },
                   *[*roles, environment].map { |one| one.fetch('override_attributes', {}) }]
      Converge.merge(*defaults, own, *overrides, FOUND)
    end
  end
end
