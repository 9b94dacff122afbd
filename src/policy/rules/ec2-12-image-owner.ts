import { blocks, list } from "../../core/terraform-json";
import { complainIf, rule } from "../rule";

export const ec212 = rule({
  id: "EC2-12",
  title: "machine images are looked up by owner and name",
  severity: "critical",
  types: ["data.aws_ami", "data.aws_ami_ids"],
  why: "anybody can publish an image with the name that you look for: without an owner the newest one wins",
  fix: 'write owners = ["self"], ["amazon"] or an account, and filter by name',
  also: ["CKV_AWS_386", "AWS-0344"],
  inspect: (image) => {
    const owners = list(image.body.owners).map(String);
    const trusted = owners.length > 0 && owners.every((owner) => /^(self|amazon|\d{12})$/.test(owner));
    const filters = blocks(image.body.filter).map(({ name }) => String(name));
    const precise =
      image.body.name_regex !== undefined || filters.some((name) => name === "name" || name === "image-id");
    return [
      ...complainIf(!trusted, image, "owners", image.body.owners, "self, amazon or account ids"),
      ...complainIf(!precise, image, "filter", filters, "a filter by name"),
    ];
  },
});
