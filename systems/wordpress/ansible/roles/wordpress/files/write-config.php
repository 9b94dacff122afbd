<?php
// Prints wp-config.php. var_export() is the one encoder: quotes, dollars and line breaks of a value stay what they are.
require __DIR__ . '/settings.php';

$settings = settings();
$constants = [
    'DB_HOST' => "{$settings['host']}:{$settings['port']}",
    'DB_USER' => $settings['user'],
    'DB_PASSWORD' => $settings['password'],
    'DB_NAME' => $settings['database'],
    'DB_CHARSET' => 'utf8mb4',
    'DB_COLLATE' => '',
    // The code belongs to the image: a change made in one container would be lost with it.
    'AUTOMATIC_UPDATER_DISABLED' => true,
    'DISALLOW_FILE_EDIT' => true,
];
if ($settings['flags'] !== 0) {
    $constants['MYSQL_CLIENT_FLAGS'] = $settings['flags'];
}
if ($settings['url'] !== '') {
    $constants['WP_HOME'] = $constants['WP_SITEURL'] = rtrim($settings['url'], '/');
}
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $purpose) {
    foreach (['KEY', 'SALT'] as $part) {
        $constants["{$purpose}_{$part}"] = hash_hmac('sha256', "{$purpose}_{$part}", $settings['salt']);
    }
}

echo "<?php\n";
foreach ($constants as $name => $value) {
    echo "define('$name', ", var_export($value, true), ");\n";
}
echo '$table_prefix = ', var_export($settings['prefix'], true), ";\n";
// TLS ends at the load balancer, the only one that can reach this server.
echo "if ((\$_SERVER['HTTP_X_FORWARDED_PROTO'] ?? '') === 'https') {\n    \$_SERVER['HTTPS'] = 'on';\n}\n";
