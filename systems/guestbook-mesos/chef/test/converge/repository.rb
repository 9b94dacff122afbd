# frozen_string_literal: true

require_relative 'attributes'

module Converge
  # A cookbook: its metadata, and where its files are.
  class Cookbook
    KNOWN = %i[maintainer maintainer_email license description chef_version supports issues_url source_url].freeze
    attr_reader :dependencies

    def initialize(folder)
      @folder = folder
      @dependencies = []
      instance_eval(File.read("#{folder}/metadata.rb"), "#{folder}/metadata.rb")
      raise Refused, "#{folder}: metadata.rb names it #{name}" unless name == File.basename(folder)
    end

    def name(value = nil)
      value ? @name = value : @name
    end

    def version(value = nil)
      value ? @version = value : @version
    end

    def depends(cookbook, *_versions)
      @dependencies << cookbook
    end

    KNOWN.each { |word| define_method(word) { |*_| nil } }

    # Chef looks into the folder itself, and into `default`.
    def file(kind, path)
      found = ["#{@folder}/#{kind}/#{path}", "#{@folder}/#{kind}/default/#{path}"].find { |one| File.file?(one) }
      found or raise Refused, "cookbook #{name} has no #{kind}/#{path}"
    end

    def attributes
      files = Dir["#{@folder}/attributes/*.rb"].sort_by { |path| [File.basename(path) == 'default.rb' ? 0 : 1, path] }
      files.each_with_object(AttributesFile.new) { |path, all| all.instance_eval(File.read(path), path) }.levels
    end

    def libraries
      Dir["#{@folder}/libraries/*.rb"]
    end
  end

  # The folder with cookbooks, roles and environments.
  class Repository
    def initialize(folder)
      @folder = folder
      @cookbooks = {}
    end

    def cookbook(name)
      folder = "#{@folder}/cookbooks/#{name}"
      raise Refused, "there is no cookbook #{name}" unless File.file?("#{folder}/metadata.rb")

      @cookbooks[name] ||= Cookbook.new(folder)
    end

    # @return the cookbooks of these recipes, each after those that it depends on
    def needed(names, found = [])
      names.each do |name|
        needed(cookbook(name).dependencies, found)
        found << name unless found.include?(name)
      end
      found
    end

    def role(name)
      read("roles/#{name}.json")
    end

    def environment(name)
      read("environments/#{name}.json").tap do |environment|
        pins = environment.fetch('cookbook_versions', {})
        pins.each do |cookbook, pin|
          version = self.cookbook(cookbook).version
          raise Refused, "environments/#{name}.json: #{cookbook} is #{version}, pin is #{pin}" if pin != "= #{version}"
        end
      end
    end

    # A run list down to recipes, in the order of their first mention, with the roles on the way.
    def expand(run_list, roles = [], recipes = [])
      run_list.each do |item|
        case item
        when /\Arole\[([a-z_]+)\]\z/
          name = Regexp.last_match(1)
          next if roles.include?(name)

          roles << name
          expand(role(name).fetch('run_list'), roles, recipes)
        when /\Arecipe\[([a-z_]+)(?:::([a-z_]+))?\]\z/
          recipe = "#{Regexp.last_match(1)}::#{Regexp.last_match(2) || 'default'}"
          recipes << recipe unless recipes.include?(recipe)
        else raise Refused, "run list: want role[NAME] or recipe[COOKBOOK::RECIPE], got #{item}"
        end
      end
      [roles, recipes]
    end

    private

    def read(path)
      full = "#{@folder}/#{path}"
      raise Refused, "there is no #{path}" unless File.file?(full)

      JSON.parse(File.read(full))
    end
  end
end
