<?php
// As in the official image: every setting is a variable, or, with _FILE, the content of a file.
function setting($name, $default) {
    $file = getenv("{$name}_FILE");
    if ($file) {
        return rtrim(file_get_contents($file), "\r\n");
    }
    $value = getenv($name);
    return $value === false ? $default : $value;
}
define('DB_NAME', setting('WORDPRESS_DB_NAME', 'wordpress'));
define('DB_USER', setting('WORDPRESS_DB_USER', 'example username'));
define('DB_PASSWORD', setting('WORDPRESS_DB_PASSWORD', 'example password'));
define('DB_HOST', setting('WORDPRESS_DB_HOST', 'mysql'));
define('DB_CHARSET', setting('WORDPRESS_DB_CHARSET', 'utf8'));
define('DB_COLLATE', '');
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $part) {
    foreach (['KEY', 'SALT'] as $kind) {
        define("{$part}_{$kind}", setting("WORDPRESS_{$part}_{$kind}", sha1("{$part}{$kind}" . DB_PASSWORD)));
    }
}
// Nothing outside can be reached here: without this every page of the administration waits for wordpress.org in vain.
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('WP_DEBUG', (bool) setting('WORDPRESS_DEBUG', ''));
$table_prefix = setting('WORDPRESS_TABLE_PREFIX', 'wp_');
if (!defined('ABSPATH')) {
    define('ABSPATH', __DIR__ . '/');
}
require_once ABSPATH . 'wp-settings.php';
