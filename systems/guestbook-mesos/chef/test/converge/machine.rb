# frozen_string_literal: true

require 'etc'
require 'fileutils'
require 'open3'

module Converge
  # The machine that is converged: a folder that stands for /, with services and users that are only noted; or, where
  # `real` is set, this machine.
  class Machine
    attr_reader :real, :units, :users, :groups

    def initialize(root, image, repository, real: false)
      @root = root == '/' ? '' : root
      @repository = repository
      @real = real
      @owners = {}
      @units = Hash.new { |all, name| all[name] = { 'enabled' => false, 'active' => false, 'masked' => false } }
      @done = []
      @users, @groups, @brought = %w[users groups units].map { |kind| image.fetch(kind, []).dup }
      image.fetch('directories', []).each { |path| FileUtils.mkdir_p(on_disk(path)) } unless real
    end

    def on_disk(path)
      raise Refused, "want an absolute path, got #{path.inspect}" unless path.to_s.start_with?('/')

      @root + path
    end

    # Within the block, what asks File for an absolute path is shown the machine's. Cookbooks stay where they are.
    def inside
      before = Thread.current[:converge]
      Thread.current[:converge] = [@root, @repository]
      yield
    ensure
      Thread.current[:converge] = before
    end

    # Whether something was done already: on a machine that is only noted, nothing else shows it.
    def noted?(deed)
      return false if real || !@done.include?(deed)

      true
    ensure
      @done << deed
    end

    def run(command, **options)
      return unless real

      environment = options.fetch(:environment, {}).transform_keys(&:to_s).transform_values(&:to_s)
      settings = options.slice(:cwd).transform_keys { :chdir }
      command = ['runuser', '-u', options[:user], '--', *Array(command)] if options[:user]
      output, status = Open3.capture2e(environment, *command, **settings)
      expected = Array(options.fetch(:returns, 0))
      return if expected.include?(status.exitstatus)

      raise Refused, "#{Array(command).join(' ')} ended with #{status.exitstatus}:\n#{output}"
    end

    def unit?(name)
      full = name.include?('.') ? name : "#{name}.service"
      # name@instance comes from name@.
      templates = [full, full.sub(/@[^.]+\./, '@.')]
      return true if real || templates.any? { |unit| @brought.include?(unit) }

      folders = %w[/etc/systemd/system /usr/lib/systemd/system /lib/systemd/system]
      folders.product(templates).any? { |folder, unit| File.exist?(on_disk("#{folder}/#{unit}")) }
    end

    def known!(owner, group)
      return if real

      if owner && !users.include?(owner)
        raise Refused,
              "there is no user #{owner}: the image brings none (see image.json)"
      end
      return unless group && !groups.include?(group)

      raise Refused, "there is no group #{group}: the image brings none (see image.json)"
    end

    # @return whether that changed anything
    def give(path, owner, group, mode)
      known!(owner, group)
      [owner_changed?(path, owner, group), mode_changed?(path, mode)].any?
    end

    # Files and folders below the root by path, with owner and group as far as a recipe set them.
    def files
      return {} if real

      Dir.glob('**/*', File::FNM_DOTMATCH, base: @root).each_with_object({}) do |relative, all|
        path = "/#{relative}"
        disk = on_disk(path)
        next if relative.end_with?('/.', '/..') || relative == '.'

        owner, group = @owners.fetch(path, %w[root root])
        all[path] = { 'owner' => owner, 'group' => group }.merge(contents(disk))
      end
    end

    private

    def contents(disk)
      return { 'to' => File.readlink(disk) } if File.symlink?(disk)

      mode = { 'mode' => format('%04o', File.stat(disk).mode & 0o7777) }
      File.directory?(disk) ? mode : mode.merge('text' => File.read(disk))
    end

    def owner_changed?(path, owner, group)
      return real_owner_changed?(path, owner, group) if real

      before = @owners.fetch(path, %w[root root])
      @owners[path] = [owner || before[0], group || before[1]]
      before != @owners[path]
    end

    def real_owner_changed?(path, owner, group)
      stat = File.stat(path)
      uid = owner ? Etc.getpwnam(owner).uid : stat.uid
      gid = group ? Etc.getgrnam(group).gid : stat.gid
      return false if [stat.uid, stat.gid] == [uid, gid]

      File.chown(uid, gid, path)
      true
    end

    def mode_changed?(path, mode)
      return false if mode.nil?

      unless mode.to_s.match?(/\A0[0-7]{3}\z/)
        raise Refused,
              "#{path}: want mode as text such as '0644', got #{mode.inspect}"
      end

      disk = on_disk(path)
      wanted = mode.to_i(8)
      return false if File.stat(disk).mode & 0o7777 == wanted

      File.chmod(wanted, disk)
      true
    end
  end

  # `File.exist?('/etc/x')` in a guard means the machine's /etc/x.
  module InsideMachine
    %i[exist? file? directory? symlink? executable? zero? size read readlines readlink].each do |name|
      define_method(name) do |path, *rest, **named, &block|
        root, *outside = Thread.current[:converge]
        elsewhere = root.nil? || !path.to_s.start_with?('/') || path.to_s.start_with?("#{root}/", *outside)
        super(elsewhere ? path : root + path.to_s, *rest, **named, &block)
      end
    end
  end
  File.singleton_class.prepend(InsideMachine)
end
