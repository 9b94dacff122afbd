<?php
// The settings are written at start, from environment variables, outside the folder that is served.
require '/run/wordpress/wp-config.php';

if (!defined('ABSPATH')) {
    define('ABSPATH', __DIR__ . '/');
}
require_once ABSPATH . 'wp-settings.php';
