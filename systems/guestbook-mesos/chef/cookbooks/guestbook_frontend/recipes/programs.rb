# frozen_string_literal: true

directory '/usr/local/lib/slipway' do
  mode '0755'
end

%w[eip front-end-certificate front-end-watch heartbeat-key nginx-accept nginx-apply].each do |program|
  cookbook_file "/usr/local/lib/slipway/#{program}" do
    source program
    mode '0755'
  end
end

cookbook_file '/usr/local/lib/slipway/slipway_front_end.py' do
  source 'slipway_front_end.py'
  mode '0644'
end
