/** Status codes of a healthy answer, as load balancers write them: a new WordPress sends its visitors to the installation. */
export const healthyAnswers = "200-302";

/**
 * Asks WordPress what the load balancer asks it on AWS, with what is in the image: PHP. A redirect is an answer, wherever it leads.
 *
 * @param path of a description, which has checked it: no quotes, spaces or braces that a program would trip over
 */
export function wordpressHealth(path: string): readonly string[] {
  const [least, most] = healthyAnswers.split("-");
  const options = '["http" => ["follow_location" => 0, "timeout" => 4, "ignore_errors" => true]]';
  const program = [
    `$answer = @get_headers("http://127.0.0.1" . $argv[1], false, stream_context_create(${options}));`,
    '$status = $answer ? (int) explode(" ", $answer[0])[1] : 0;',
    `exit($status >= ${least} && $status <= ${most} ? 0 : 1);`,
  ];
  return ["CMD", "php", "-r", program.join(" "), "--", path];
}
