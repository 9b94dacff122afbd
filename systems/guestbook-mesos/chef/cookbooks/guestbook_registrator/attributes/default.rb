# frozen_string_literal: true

# Baked into the image of the machine, by its digest; nothing is pulled here.
default['guestbook_mesos']['registrator']['image'] = 'slipway/registrator:baked'
# Seconds between two looks at all containers. Below 30 it would keep consul-template writing.
default['guestbook_mesos']['registrator']['resync_seconds'] = 60
