# The database server of the system `wordpress-mysql`. No account and no data inside: see docs/decisions/0004-mysql-machine.md.

locals {
  role = "mysql"
}

build {
  name    = "mysql"
  sources = ["source.amazon-ebs.machine"]

  provisioner "ansible" {
    playbook_file    = "${path.root}/../../systems/wordpress-mysql/ansible/playbook.yml"
    user             = "admin"
    ansible_env_vars = ["ANSIBLE_CONFIG=${path.root}/../ansible.cfg"]
    extra_arguments  = ["--extra-vars", "mysql_release=${local.release}"]
  }

  # The package makes a data directory when it is installed; each machine makes its own at its first boot.
  provisioner "shell" {
    inline = ["sudo systemctl stop mariadb.service", "sudo find /var/lib/mysql -mindepth 1 -delete"]
  }

  # Last: cleans, then verifies. The script may remove what Packer would clean up itself.
  provisioner "shell" {
    script     = "${path.root}/../common/seal.sh"
    skip_clean = true
  }
}
