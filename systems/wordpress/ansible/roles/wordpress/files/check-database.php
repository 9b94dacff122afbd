<?php
// Ends well when the database lets WordPress in; says why not otherwise. The reason never holds the password.
require __DIR__ . '/settings.php';

$settings = settings();
mysqli_report(MYSQLI_REPORT_OFF);
$connection = mysqli_init();
$connection->options(MYSQLI_OPT_CONNECT_TIMEOUT, 5);
$connected = @$connection->real_connect(
    $settings['host'],
    $settings['user'],
    $settings['password'],
    $settings['database'],
    $settings['port'],
    null,
    $settings['flags'],
);
if (!$connected) {
    fwrite(STDERR, "wordpress: {$settings['host']}:{$settings['port']}: " . mysqli_connect_error() . "\n");
    exit(1);
}
