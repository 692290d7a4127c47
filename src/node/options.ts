export const OPTIONS = {
  settings: { type: 'string' },
  unit: { type: 'string' },
  app: { type: 'string' },
  record: { type: 'string' },
  input: { type: 'string', multiple: true },
  'dry-run': { type: 'boolean' },
  json: { type: 'boolean' },
  'on-interrupted': { type: 'string' },
  'takeover-after': { type: 'string' },
  'time-zone': { type: 'string' },
  'base-url': { type: 'string' },
  username: { type: 'string', short: 'u' },
  password: { type: 'string', short: 'p' },
  'api-token': { type: 'string', multiple: true },
  'basic-auth-username': { type: 'string' },
  'basic-auth-password': { type: 'string' },
  'guest-space-id': { type: 'string' },
  'env-file': { type: 'string' },
  host: { type: 'string' },
  port: { type: 'string' },
  data: { type: 'string' },
  database: { type: 'string' },
  'server-id': { type: 'string' },
  workers: { type: 'string' },
  'resume-interrupted': { type: 'string' },
  lang: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

export type Values = Partial<{
  readonly [K in keyof typeof OPTIONS]: (typeof OPTIONS)[K] extends { readonly multiple: true }
    ? string[]
    : (typeof OPTIONS)[K]['type'] extends 'boolean'
      ? boolean
      : string;
}>;
