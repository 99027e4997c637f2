<?php
// A web request is one operation.
require __DIR__ . '/operation.php';

echo serialize(perform(new NitroCache(), unserialize(file_get_contents('php://input'))));
