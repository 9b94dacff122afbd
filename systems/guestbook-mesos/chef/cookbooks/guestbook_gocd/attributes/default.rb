# frozen_string_literal: true

# MiB of the server's heap, and of an agent's.
default['guestbook_mesos']['gocd']['server_heap_mib'] = 2048
default['guestbook_mesos']['gocd']['agent_heap_mib'] = 256
# Java 21 or later, which the image of the machine brings.
default['guestbook_mesos']['gocd']['java'] = '/opt/java/bin/java'
# What an agent offers to jobs, and the environments that it works for.
default['guestbook_mesos']['gocd']['resources'] = %w[docker ruby]
default['guestbook_mesos']['gocd']['environments'] = []
# Repository with the pipelines (*.gocd.yaml): { 'url' => …, 'branch' => … }; without it they are made in the browser.
default['guestbook_mesos']['gocd']['pipelines'] = {}
