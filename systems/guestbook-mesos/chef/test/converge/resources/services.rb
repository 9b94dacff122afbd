# frozen_string_literal: true

module Converge
  # What systemd is told about a unit. On a machine that is only noted, the state of each unit is kept.
  module Controlled
    STATES = { enable: ['enabled', true], disable: ['enabled', false], start: ['active', true], stop: ['active', false],
               mask: ['masked', true], unmask: ['masked', false] }.freeze

    STATES.each do |word, (state, wanted)|
      define_method(word) { control(word, state, wanted) }
    end

    # Once it runs, and as often as it is told to.
    %i[restart reload].each do |word|
      define_method(word) do
        there!
        machine.run(['systemctl', word == :reload ? 'reload-or-restart' : 'restart', unit])
        machine.units[unit]['active'] = true
        true
      end
    end

    private

    def control(word, state, wanted)
      there!
      return false if current(state) == wanted

      machine.run(['systemctl', word.to_s, unit])
      machine.units[unit][state] = wanted
      true
    end

    def there!
      return if machine.unit?(unit)

      raise Refused, "#{self} in #{recipe}: there is no unit #{unit}; write it before, or name it in image.json"
    end

    def current(state)
      return machine.units[unit][state] unless machine.real

      question = { 'enabled' => 'is-enabled', 'active' => 'is-active', 'masked' => 'is-enabled' }.fetch(state)
      answer, = Open3.capture2e('systemctl', question, unit)
      answer.strip.split("\n").last == state
    end
  end

  # A unit that the image or a resource before brings.
  class Service < Resource
    include Controlled

    called :service
    properties_are :service_name, :supports
    actions_are :nothing, *Controlled::STATES.keys, :restart, :reload

    def unit
      wanted = service_name || name
      wanted.include?('.') ? wanted : "#{wanted}.service"
    end
  end

  # A unit whose text the recipe has.
  class SystemdUnit < Resource
    include Controlled

    called :systemd_unit
    properties_are :unit_name, :content, :triggers_reload, :verify
    actions_are :nothing, :create, :delete, *Controlled::STATES.keys, :restart, :reload

    def unit
      unit_name || name
    end

    def create
      path = machine.on_disk("/etc/systemd/system/#{unit}")
      wanted = content.is_a?(Hash) ? ini(content) : content
      return false if File.file?(path) && File.read(path) == wanted

      File.write(path, wanted)
      machine.run(%w[systemctl daemon-reload]) unless triggers_reload == false
      true
    end

    def delete
      path = machine.on_disk("/etc/systemd/system/#{unit}")
      return false unless File.file?(path)

      File.delete(path)
      machine.run(%w[systemctl daemon-reload]) unless triggers_reload == false
      true
    end

    private

    def ini(sections)
      sections.map do |section, entries|
        lines = entries.flat_map { |key, values| Array(values).map { |value| "#{key} = #{value}" } }
        "[#{section}]\n#{lines.join("\n")}\n"
      end.join("\n")
    end
  end
end
