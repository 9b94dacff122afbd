# frozen_string_literal: true

# What the cookbooks of the cluster share.
module GuestbookMesos
  # Where something keeps its state in ZooKeeper. Everybody must be told the same text, with addresses: Mesos and
  # Marathon look names up once and never again.
  #
  # @param path [String] `mesos` for the masters' election, `marathon` for Marathon's own state
  def self.zookeeper(node, path)
    guestbook = node['guestbook_mesos']
    members = guestbook['zookeeper']['members'].to_h.sort_by { |id, _| id.to_i }
    hosts = members.map { |_, address| "#{address}:#{guestbook['ports']['zookeeper']}" }
    "zk://#{hosts.join(',')}/#{path}"
  end
end
