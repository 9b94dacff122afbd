# One file for every machine image, linked into each role's folder. The role's own file gives `local.role` and the
# provisioners; name, base, encryption, access and tags are the same everywhere.

variable "commit" {
  type        = string
  default     = "unknown"
  description = "Git commit of this checkout, for the image's tags: -var commit=$(git rev-parse HEAD)."
  validation {
    condition     = var.commit == "unknown" || length(var.commit) >= 7 && regex_replace(var.commit, "^[0-9a-f]+$", "") == ""
    error_message = "The commit must be 7 to 40 hexadecimal digits, as printed by git rev-parse HEAD."
  }
}

variable "region" {
  type        = string
  default     = "eu-west-3"
  description = "Region to build in and to keep the image in."
}

variable "instance_type" {
  type    = string
  default = "t3.small"
}

variable "vpc_id" {
  type        = string
  default     = ""
  description = "Empty: the account's default VPC."
}

variable "subnet_id" {
  type        = string
  default     = ""
  description = "Empty: a subnet of the VPC. With Session Manager a private one with a way out will do."
}

variable "session_manager_profile" {
  type        = string
  default     = ""
  description = "Instance profile with AmazonSSMManagedInstanceCore: given one, Packer connects through Session Manager and no port is open."
}

variable "ssh_source_cidrs" {
  type        = list(string)
  default     = ["127.0.0.1/32"]
  description = "Who may reach port 22 of the build machine when Session Manager is not used. Nobody, until you say so."
}

variable "kms_key_id" {
  type        = string
  default     = ""
  description = "Key of the image's volumes. Empty: the account's default key."
}

variable "root_volume_gib" {
  type    = number
  default = 8
}

# For tests against an emulator, where a container plays the machine. Leave them alone on AWS.

variable "ec2_endpoint" {
  type    = string
  default = ""
}

variable "ssh_host" {
  type    = string
  default = ""
}

variable "ssh_port" {
  type    = number
  default = 22
}

variable "ssh_private_key_file" {
  type    = string
  default = ""
}

variable "ssh_keypair_name" {
  type    = string
  default = ""
}

locals {
  # file() reads from the template's folder, path.root is seen from the caller's: the absolute path suits both.
  images     = jsondecode(file(abspath("${path.root}/../images.json")))
  image      = local.images[local.role]
  image_name = lookup(local.image, "name", "slipway-${local.role}-${local.image.version}")
  release    = split("-", local.image.version)[0]
  tags = {
    Name           = local.image_name
    slipwayRole    = local.role
    slipwayVersion = local.image.version
    slipwayCommit  = var.commit
    slipwayBase    = "{{ .SourceAMIName }}"
  }
}

source "amazon-ebs" "machine" {
  region              = var.region
  custom_endpoint_ec2 = var.ec2_endpoint

  ami_name        = local.image_name
  ami_description = "Slipway ${local.role} ${local.image.version}"
  source_ami_filter {
    filters = {
      name                = local.image.base.name
      architecture        = local.image.architecture
      root-device-type    = "ebs"
      virtualization-type = "hvm"
    }
    owners      = [local.image.base.owner]
    most_recent = true
  }

  instance_type               = var.instance_type
  vpc_id                      = var.vpc_id
  subnet_id                   = var.subnet_id
  associate_public_ip_address = var.session_manager_profile == "" ? true : false
  # Packer 1.6 knows no metadata_options: machines get IMDSv2 from their stack, see docs/decisions/0004-mysql-machine.md.
  # An encrypted volume makes an encrypted image. Packer 1.6 wants the two numbers with gp3.
  launch_block_device_mappings {
    device_name           = "/dev/xvda"
    volume_type           = "gp3"
    volume_size           = var.root_volume_gib
    iops                  = 3000
    throughput            = 125
    encrypted             = true
    kms_key_id            = var.kms_key_id
    delete_on_termination = true
  }

  communicator                          = "ssh"
  ssh_username                          = "admin"
  ssh_interface                         = var.session_manager_profile == "" ? "" : "session_manager"
  iam_instance_profile                  = var.session_manager_profile
  temporary_security_group_source_cidrs = var.ssh_source_cidrs
  ssh_host                              = var.ssh_host
  ssh_port                              = var.ssh_port
  ssh_private_key_file                  = var.ssh_private_key_file
  ssh_keypair_name                      = var.ssh_keypair_name

  tags          = local.tags
  snapshot_tags = local.tags
  run_tags = {
    Name = "packer ${local.image_name}"
  }
  run_volume_tags = {
    Name = "packer ${local.image_name}"
  }
}
