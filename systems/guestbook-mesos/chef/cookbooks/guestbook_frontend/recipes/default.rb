# frozen_string_literal: true

include_recipe 'guestbook_base'
include_recipe 'guestbook_frontend::programs'
include_recipe 'guestbook_frontend::nginx'
include_recipe 'guestbook_frontend::consul_template'
include_recipe "guestbook_frontend::#{node['guestbook_mesos']['frontend']['ha']}"
include_recipe 'guestbook_frontend::watch'
