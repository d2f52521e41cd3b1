// Fetches what the lock file names.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install } from '../../webmail/build/install.mjs';

install(dirname(fileURLToPath(import.meta.url)));
