# frozen_string_literal: true

require 'erb'

module Converge
  # Something with a path, an owner and a mode.
  class Placed < Resource
    OWNED = %i[path owner group mode].freeze

    def place
      path || name
    end

    def disk
      machine.on_disk(place)
    end

    private

    def parent!
      parent = File.dirname(place)
      return if File.directory?(machine.on_disk(parent))

      raise Refused, "#{self} in #{recipe}: there is no folder #{parent}; declare it before, or name it in image.json"
    end

    def give
      machine.give(place, owner, group, mode)
    end
  end

  # A file with a text, wherever that comes from.
  class Written < Placed
    def create
      parent!
      wanted = text
      raise Refused, "#{self}: want a text, got #{wanted.class}" unless wanted.is_a?(String)

      changed = !File.file?(disk) || File.binread(disk) != wanted.b
      write(wanted) if changed
      give || changed
    end

    def create_if_missing
      File.exist?(disk) ? false : create
    end

    def delete
      return false unless File.exist?(disk) || File.symlink?(disk)

      File.delete(disk)
      true
    end

    private

    # The cookbook that has the file.
    def home
      cookbook ? recipe.cookbook_named(cookbook) : recipe.cookbook
    end

    # As Chef does: the text is tried before it is in its place.
    def write(wanted)
      fresh = "#{disk}.fresh"
      File.binwrite(fresh, wanted)
      File.chmod(File.file?(disk) ? File.stat(disk).mode & 0o7777 : 0o644, fresh)
      machine.run(['sh', '-c', format(verify, path: fresh)]) if verify
      File.rename(fresh, disk)
    rescue Errno::EBUSY
      # Something is mounted there, as containers have it with /etc/hosts.
      File.binwrite(disk, wanted)
    ensure
      FileUtils.rm_f(fresh)
    end
  end

  # A file from a template of a cookbook.
  class Template < Written
    called :template
    properties_are(*OWNED, :source, :cookbook, :variables, :backup, :verify)
    actions_are :create, :create_if_missing, :delete

    # What a template sees: the node, and its variables as @names.
    class Context
      attr_reader :node

      def initialize(node, variables)
        @node = node
        variables.each { |name, value| instance_variable_set("@#{name}", value) }
      end

      def text_of(path)
        erb = ERB.new(File.read(path), trim_mode: '-')
        erb.filename = path
        erb.result(binding)
      end
    end

    def text
      found = home.file('templates', source || "#{File.basename(place)}.erb")
      machine.inside { Context.new(node, variables || {}).text_of(found) }
    end
  end

  # A file whose text the recipe has.
  class PlainFile < Written
    called :file
    properties_are(*OWNED, :content, :backup, :verify)
    actions_are :create, :create_if_missing, :delete

    def text
      content || (File.file?(disk) ? File.binread(disk) : '')
    end
  end

  # A file as the cookbook has it.
  class CookbookFile < Written
    called :cookbook_file
    properties_are(*OWNED, :source, :cookbook, :backup, :verify)
    actions_are :create, :create_if_missing, :delete

    def text
      File.binread(home.file('files', source || File.basename(place)))
    end
  end

  # A folder.
  class Directory < Placed
    called :directory
    properties_are(*OWNED, :recursive)
    actions_are :create, :delete

    def create
      parent! unless recursive
      changed = !File.directory?(disk)
      FileUtils.mkdir_p(disk) if changed
      give || changed
    end

    def delete
      return false unless File.directory?(disk)

      recursive ? FileUtils.rm_r(disk) : Dir.rmdir(disk)
      true
    end
  end

  # A symbolic link.
  class Link < Resource
    called :link
    properties_are :target_file, :to, :owner, :group, :link_type
    actions_are :create, :delete

    def create
      raise Refused, "#{self}: converge.rb knows symbolic links only" unless [nil, :symbolic].include?(link_type)
      return false if File.symlink?(disk) && File.readlink(disk) == to

      FileUtils.rm_f(disk)
      File.symlink(to, disk)
      true
    end

    def delete
      File.symlink?(disk) ? File.delete(disk).positive? : false
    end

    private

    def disk
      machine.on_disk(target_file || name)
    end
  end
end
