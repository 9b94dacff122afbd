/** ECR takes 50 rules; two are ours. */
export const mostTags = 48;

const untaggedDays = 14;

/**
 * Which images ECR deletes, as its JSON.
 *
 * "Keep the newest" alone would delete a running image under which enough builds have piled up, and the next machine could
 * not start it. An image that a rule selects is safe from all later rules: so each tag in use has a rule of its own, which
 * never deletes anything, as it keeps one image and an immutable tag never names two.
 */
export function lifecyclePolicy(inUse: readonly string[], keepImages: number): string {
  const rules = [
    ...[...new Set(inUse)].sort().map((tag) => ({
      description: `Keep ${tag}, which is in use`,
      selection: { tagStatus: "tagged", tagPatternList: [tag], countType: "imageCountMoreThan", countNumber: 1 },
    })),
    {
      description: `Expire untagged images after ${untaggedDays} days`,
      selection: {
        tagStatus: "untagged",
        countType: "sinceImagePushed",
        countUnit: "days",
        countNumber: untaggedDays,
      },
    },
    {
      description: `Keep the newest ${keepImages} tagged images`,
      selection: {
        tagStatus: "tagged",
        tagPatternList: ["*"],
        countType: "imageCountMoreThan",
        countNumber: keepImages,
      },
    },
  ];
  return JSON.stringify({
    rules: rules.map((rule, i) => ({ rulePriority: i + 1, ...rule, action: { type: "expire" } })),
  });
}
