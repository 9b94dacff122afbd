# frozen_string_literal: true

module Converge
  # A command.
  class Execute < Resource
    called :execute
    properties_are :command, :cwd, :environment, :user, :group, :creates, :returns, :timeout, :umask, :live_stream
    actions_are :run

    def run
      return false if creates && (File.exist?(machine.on_disk(creates)) || machine.noted?(creates))

      wanted = command || name
      options = { environment:, cwd:, returns:, user: }.compact
      machine.run(wanted.is_a?(Array) ? wanted : ['sh', '-c', wanted], **options)
      true
    end
  end

  # An account.
  class User < Resource
    called :user
    properties_are :username, :uid, :gid, :system, :shell, :home, :comment, :manage_home
    actions_are :create

    def create
      account = username || name
      return false if machine.real ? passwd?(account) : machine.users.include?(account)

      machine.run(['useradd', *options, account])
      machine.users << account
      # Without a group of its choice an account gets one of its own name.
      machine.groups << account unless gid
      true
    end

    private

    def passwd?(account)
      Etc.getpwnam(account) && true
    rescue ArgumentError
      false
    end

    def options
      [*('--system' if system), *(manage_home ? '--create-home' : '--no-create-home'), *('--user-group' unless gid),
       *(['--gid', gid.to_s] if gid), *(['--uid', uid.to_s] if uid), *(['--home-dir', home] if home),
       *(['--shell', shell] if shell), *(['--comment', comment] if comment)]
    end
  end

  # A group of accounts.
  class Group < Resource
    called :group
    properties_are :group_name, :gid, :members, :append, :system
    actions_are :create

    def create
      wanted = group_name || name
      made = machine.real ? !group?(wanted) : !machine.groups.include?(wanted)
      machine.run(['groupadd', *('--system' if system), *(['--gid', gid.to_s] if gid), wanted]) if made
      machine.groups << wanted if made
      joined = Array(members).map { |member| join(wanted, member) }
      made || joined.any?
    end

    private

    def group?(wanted)
      Etc.getgrnam(wanted) && true
    rescue ArgumentError
      false
    end

    def join(wanted, member)
      raise Refused, "#{self}: members are added only, say append true" unless append

      machine.known!(member, nil)
      inside = machine.real ? Etc.getgrnam(wanted).mem.include?(member) : machine.noted?([wanted, member])
      machine.run(['usermod', '--append', '--groups', wanted, member]) unless inside
      !inside
    end
  end
end
