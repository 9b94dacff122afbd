import { blocks, same } from "../../core/terraform-json";
import { complainIf, rule } from "../rule";

export const ecr02 = rule({
  id: "ECR-02",
  title: "images are scanned when they are pushed",
  severity: "medium",
  types: ["aws_ecr_repository"],
  why: "a known hole in a package is found before it runs, at no cost",
  fix: "write image_scanning_configuration with scan_on_push = true",
  also: ["CKV_AWS_163", "AWS-0030", "ECR.1"],
  inspect: (repository, doc) => {
    if (doc.all("aws_ecr_registry_scanning_configuration").length > 0) return [];
    const scans = blocks(repository.body.image_scanning_configuration)[0]?.scan_on_push;
    return complainIf(!same(scans, true), repository, "image_scanning_configuration.scan_on_push", scans, "true");
  },
});
