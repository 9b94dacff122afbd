# Written by Cinc Client.
consul {
  address = "127.0.0.1:8500"

  retry {
    enabled     = true
    attempts    = 0
    backoff     = "250ms"
    max_backoff = "30s"
  }
}

wait {
  min = "2s"
  max = "10s"
}

# To a place from which nginx-apply takes it: what nginx refuses never becomes its configuration.
template {
  source          = "/etc/consul-template/templates/limits.ctmpl"
  destination     = "/run/slipway/nginx/conf.d/limits.conf"
  perms           = 0644
  command         = ["/usr/local/lib/slipway/nginx-apply", "conf.d/limits.conf"]
  command_timeout = "30s"
}

template {
  source          = "/etc/consul-template/templates/conf.d-guestbook.ctmpl"
  destination     = "/run/slipway/nginx/conf.d/upstream-guestbook.conf"
  perms           = 0644
  command         = ["/usr/local/lib/slipway/nginx-apply", "conf.d/upstream-guestbook.conf"]
  command_timeout = "30s"
}
