# A front end: nginx, and what moves the address to it.

variable "consul_template_url" {
  type        = string
  default     = "https://releases.hashicorp.com/consul-template/0.42.1/consul-template_0.42.1_linux_amd64.zip"
  description = "consul-template, which writes nginx's upstreams."
  validation {
    condition     = regex_replace(var.consul_template_url, "^https?://[^@ |]+$", "") == ""
    error_message = "The consul_template_url must start with https:// or http://, and hold no account."
  }
}

variable "consul_template_sha256" {
  type        = string
  description = "SHA-256 of it, as you have checked it: in consul-template_0.42.1_SHA256SUMS, which is signed."
  validation {
    condition     = length(var.consul_template_sha256) == 64 && regex_replace(var.consul_template_sha256, "^[0-9a-f]+$", "") == ""
    error_message = "The consul_template_sha256 must be 64 hexadecimal digits."
  }
}

locals {
  role     = "frontend"
  packages = ["heartbeat", "keepalived", "libnginx-mod-stream", "nginx"]
  downloads = [
    "consul-template.zip|${var.consul_template_url}|${var.consul_template_sha256}",
  ]
  container_images = []
  # The first converge starts what the machine is for.
  units_off = ["heartbeat.service", "keepalived.service", "nginx.service"]
}
