/** Writes schema/settings.schema.json from the valibot schemas: node scripts/run.mjs scripts/json-schema.ts */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { settingsJsonSchemaText } from './json-schema/generate';

const target = resolve('schema/settings.schema.json');
writeFileSync(target, settingsJsonSchemaText());
console.log(`wrote ${target}`);
