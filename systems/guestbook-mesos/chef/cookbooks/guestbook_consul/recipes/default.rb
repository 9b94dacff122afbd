# frozen_string_literal: true

include_recipe 'guestbook_consul::client'
