/**
 * Text that Terraform must hand on as it stands: `${` and `%{` would be evaluated as templates otherwise.
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences-1
 */
export function literal(text: string): string {
  return text.replace(/([$%])\{/g, "$1$1{");
}
