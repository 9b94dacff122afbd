<?php
// What the environment says, checked. Both programs that need a database read it here.

function fail(string $message): never
{
    fwrite(STDERR, "wordpress: $message\n");
    exit(64);
}

function setting(string $name, ?string $default = null): string
{
    $value = getenv($name);
    if ($value === false || $value === '') {
        $value = $default;
    }
    return $value ?? fail("$name is missing; it must be in the environment");
}

// A secret: the variable, or what the file that <name>_FILE names holds. A file is in no environment that a page could print.
function secret(string $name, ?string $default = null): string
{
    $file = setting("{$name}_FILE", '');
    if ($file === '') {
        return setting($name, $default);
    }
    if (setting($name, '') !== '') {
        fail("$name and {$name}_FILE are both set; remove one");
    }
    $text = @file_get_contents($file);
    if ($text === false) {
        fail("{$name}_FILE must name a file that can be read, got $file");
    }
    $secret = rtrim($text, "\r\n");
    return $secret === '' ? fail("{$name}_FILE names an empty file, $file") : $secret;
}

function settings(): array
{
    $port = setting('WORDPRESS_DB_PORT', '3306');
    if (!ctype_digit($port) || (int) $port < 1 || (int) $port > 65535) {
        fail("WORDPRESS_DB_PORT must be a port from 1 to 65535, got $port");
    }
    $tls = setting('WORDPRESS_DB_TLS', 'off');
    // "required" encrypts, and takes whatever certificate the server has: RDS has one of an authority of its own.
    $flags = match ($tls) {
        'off' => 0,
        'required' => MYSQLI_CLIENT_SSL | MYSQLI_CLIENT_SSL_DONT_VERIFY_SERVER_CERT,
        default => fail("WORDPRESS_DB_TLS must be off or required, got $tls"),
    };
    $prefix = setting('WORDPRESS_TABLE_PREFIX', 'wp_');
    if (!preg_match('/^[A-Za-z0-9_]+$/D', $prefix)) {
        fail('WORDPRESS_TABLE_PREFIX must consist of letters, digits and underscores');
    }
    return [
        'host' => setting('WORDPRESS_DB_HOST'),
        'port' => (int) $port,
        'user' => setting('WORDPRESS_DB_USER'),
        'password' => secret('WORDPRESS_DB_PASSWORD'),
        'database' => setting('WORDPRESS_DB_DATABASE'),
        'flags' => $flags,
        'prefix' => $prefix,
        'url' => setting('WORDPRESS_URL', ''),
        // Every task must sign cookies alike. The password is what they share when no salt is given; the salt cannot be
        // turned back into it.
        'salt' => secret('WORDPRESS_SALT', 'password:' . secret('WORDPRESS_DB_PASSWORD')),
    ];
}
