# frozen_string_literal: true

# The organization of the cluster; the clients' client.rb names the same one.
default['guestbook_mesos']['chef_server']['organization'] = 'guestbook'
# MiB of the search's heap: the largest part of what the server needs.
default['guestbook_mesos']['chef_server']['search_heap_mib'] = 1024
