# frozen_string_literal: true

module Converge
  # Answers of only_if and not_if: those of a test, else what the block or the machine says.
  class Guards
    def initialize(answers, machine, time)
      @answers = answers
      @machine = machine
      @time = time
    end

    # @return why a resource is passed over; nil where it is not
    def against(resource)
      guard = resource.guards.find { |one| answer(resource, one) != (one.kind == :only_if) }
      guard && "#{guard.kind} #{guard.command || 'a block'}"
    end

    private

    def answer(resource, guard)
      stubbed = @answers.fetch(guard.command) { @answers[resource.to_s] }
      return stubbed.is_a?(Array) ? stubbed.fetch([@time, stubbed.size].min - 1) : stubbed unless stubbed.nil?
      return @machine.inside { resource.recipe.instance_eval(&guard.block) ? true : false } if guard.block
      return system(*command(guard), out: File::NULL, err: File::NULL) || false if @machine.real

      raise Refused, "#{resource}: what does #{guard.kind} #{guard.command.inspect} answer? Say so by --guards"
    end

    def command(guard)
      guard.command.is_a?(Array) ? guard.command : ['sh', '-c', guard.command]
    end
  end

  # One converge: every resource in its turn, and what the changes set off.
  class Converging
    def initialize(collection, machine, guards)
      @collection = collection
      @machine = machine
      @guards = guards
      @steps = []
      @delayed = []
      subscribe
    end

    def all
      @collection.resources.each { |resource| resource.action.each { |action| converge(resource, action) } }
      converge(*@delayed.shift) until @delayed.empty?
      { 'steps' => @steps, 'updated' => @steps.select { |step| step['updated'] }.map { |step| step['resource'] },
        'units' => @machine.units }.then { |done| JSON.parse(JSON.generate(done)) }
    end

    private

    def subscribe
      @collection.resources.each do |resource|
        resource.subscriptions.each { |one| target(resource, one.to).notifies(one.action, resource, one.timing) }
        resource.notifications.each { |one| target(resource, one.to) }
      end
    end

    def target(resource, text)
      @collection.named(text) or raise Refused, "#{resource} in #{resource.recipe} speaks of #{text}, which is nowhere"
    end

    def converge(resource, action, because: nil)
      return if action == :nothing

      passed = @guards.against(resource)
      updated = passed ? false : act(resource, action)
      step = { 'action' => action.to_s, 'updated' => updated, 'passed' => passed, 'because' => because&.to_s }
      @steps << resource.to_h.merge(step.compact)
      notify(resource) if updated
    end

    def act(resource, action)
      resource.public_send(action)
    rescue SystemCallError => e
      raise Refused, "#{resource} in #{resource.recipe}: #{e.message}"
    end

    def notify(resource)
      resource.notifications.each do |one|
        to = target(resource, one.to)
        if one.timing == :immediately
          converge(to, one.action, because: resource)
        elsif !@delayed.include?([to, one.action])
          @delayed << [to, one.action]
        end
      end
    end
  end
end
