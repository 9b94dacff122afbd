# frozen_string_literal: true

require 'json'
require 'open3'

# What the Vagrantfile asks before it does anything.
module Box
  ADDRESS = '192.168.56.31'
  # Vagrant that knows a VirtualBox first. A later VirtualBox than the last one may work, and nobody has said so.
  KNOWN = { '7.0' => '2.3.2', '7.1' => '2.4.2', '7.2' => '2.4.9' }.freeze
  PACKAGES = %w[
    awscli curl docker.io libsasl2-modules libnginx-mod-stream logrotate nginx python3 systemd-resolved unzip zookeeper
  ].freeze
  DOWNLOADS = %w[cinc.deb consul.zip consul-template.zip aventer-mesos.deb].freeze
  IMAGES = %w[marathon registrator].freeze
  # What the first converge starts.
  UNITS_OFF = %w[mesos-master.service mesos-agent.service nginx.service].freeze

  # What is downloaded for the box, or why that cannot be.
  Parts = Struct.new(:environment, :problem)

  # The version of VirtualBox; nothing where there is none.
  def self.virtualbox
    output, status = Open3.capture2e('VBoxManage', '--version')
    status.success? ? output.lines.last.to_s[/\A\d+\.\d+\.\d+/] : nil
  rescue Errno::ENOENT
    nil
  end

  # Whether the two fit together, in a line for whoever waits.
  def self.versions(vagrant, virtualbox)
    return "Vagrant #{vagrant}; no VirtualBox found: install one of #{KNOWN.keys.join(', ')}." unless virtualbox

    line = virtualbox[/\A\d+\.\d+/]
    pair = "Vagrant #{vagrant} and VirtualBox #{virtualbox}"
    return "#{pair}: this Vagrantfile knows of #{KNOWN.keys.join(', ')} only; it may work." unless KNOWN.key?(line)
    return "#{pair} fit together." if Gem::Version.new(vagrant) >= Gem::Version.new(KNOWN[line])

    "#{pair} do not fit together: VirtualBox #{line} needs Vagrant #{KNOWN[line]} or later."
  end

  # @param path [String] JSON: { "downloads": { NAME: { "url", "sha256" } }, "images": { NAME: REFERENCE@sha256:DIGEST } }
  def self.parts(path, required:)
    return Parts.new(environment({}, {}), nil) unless required
    return Parts.new(nil, "#{path} is missing. #{HELP}") unless File.exist?(path)

    given = JSON.parse(File.read(path))
    downloads = given.fetch('downloads', {})
    images = given.fetch('images', {})
    wrong = wrong_downloads(downloads) + wrong_images(images)
    wrong.empty? ? Parts.new(environment(downloads, images), nil) : Parts.new(nil, "#{path}: #{wrong.join('; ')}. #{HELP}")
  rescue JSON::ParserError => e
    Parts.new(nil, "#{path}: is no JSON: #{e.message.lines.first.strip}. #{HELP}")
  end

  HELP = 'Copy parts.example.json to it, and fill in each SHA-256 and digest as you have checked it: see README.md there.'

  def self.wrong_downloads(downloads)
    DOWNLOADS.reject { |name| valid?(downloads[name]) }.map { |name| "downloads.#{name} wants a url and a sha256" }
  end

  def self.valid?(download)
    download.is_a?(Hash) && download['url'].to_s.match?(%r{\Ahttps?://[^@ |]+\z}) &&
      download['sha256'].to_s.match?(/\A[0-9a-f]{64}\z/)
  end

  def self.wrong_images(images)
    bad = IMAGES.reject { |name| images[name].to_s.match?(/\A[^ @]+@sha256:[0-9a-f]{64}\z/) }
    bad.map { |name| "images.#{name} wants a reference with @sha256: and a digest" }
  end

  # What bake.sh reads.
  def self.environment(downloads, images)
    { 'PACKAGES' => PACKAGES.join(' '),
      'DOWNLOADS' => downloads.map { |name, one| "#{name}|#{one['url']}|#{one['sha256']}" }.join(' '),
      'CONTAINER_IMAGES' => images.map { |name, reference| "#{name}=#{reference}" }.join(' '),
      'UNITS_OFF' => UNITS_OFF.join(' ') }
  end
end
