/**
 * The floors of the house: a room may use only rooms on floors below it.
 * Checked by `npm run floors`, which shows dependency-cruiser the imports of src/ (see scripts/floors.ts).
 */

/** Rooms of src/ from the ground up. `node` stands beside `kintone`; its command line is an entry like `record`. */
const FLOORS = [
  ['definition', 'table'],
  ['formula'],
  ['commands'],
  ['flow', 'plan'],
  ['run', 'trigger'],
  ['kintone', 'node'],
  ['ui'],
  ['config', 'record', 'log', 'mobile'],
];

/** What a room may use beside the floors below. */
const EXTRA = {
  // The protocol shows runs, by their ids and in the states of their records.
  trigger: ['run'],
  // Node reaches kintone through the same adapters as the page, and says things in the same words.
  node: ['kintone', 'ui/dictionaries', 'ui/(i18n|type-names)', 'ui/panel/(explain-failure|format|texts)'],
  // The phone has the record page's boot and panel in other places.
  mobile: ['record'],
  // The log is shown on the settings page and on record pages, by the same panel.
  config: ['log'],
  record: ['log'],
};

const pattern = (paths) => `^src/(${paths.join('|')})(/|\\.|$)`;
const ENGINE = pattern(FLOORS.slice(0, 5).flat());

const floorRules = FLOORS.flatMap((rooms, index) =>
  rooms.map((room) => {
    const allowed = [room, ...FLOORS.slice(0, index).flat(), ...(EXTRA[room] ?? [])];
    return {
      name: `floor-${index + 1}-${room}`,
      comment: `src/${room} may use only: ${allowed.join(', ')}`,
      severity: 'error',
      from: { path: pattern([room]) },
      to: { path: '^src/', pathNot: pattern(allowed) },
    };
  }),
);

module.exports = {
  forbidden: [
    ...floorRules,
    {
      name: 'engine-runs-everywhere',
      comment:
        'The engine runs on the page, in a worker and in Node: no React, no client; valibot is its package, croner that of schedules.',
      severity: 'error',
      from: { path: ENGINE },
      to: { path: 'node_modules/', pathNot: 'node_modules/(valibot|croner)' },
    },
    {
      name: 'croner-for-schedules',
      comment: 'One file judges schedules; record pages never load it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/trigger/schedule\\.' },
      to: { path: 'node_modules/croner' },
    },
    {
      name: 'engine-no-node-modules',
      severity: 'error',
      from: { path: ENGINE },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'page-no-node-modules',
      comment: 'Only src/node runs in Node alone.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/node/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'node-no-react',
      severity: 'error',
      from: { path: '^src/node/' },
      to: { path: 'node_modules/(react|@tanstack)', reachable: true },
    },
    {
      name: 'engine-part-no-react',
      comment: 'The engine of record pages works in a worker.',
      severity: 'error',
      from: { path: '^src/record/engine/' },
      to: { path: 'node_modules/(react|@tanstack|@kintone)', reachable: true },
    },
    {
      name: 'boot-stays-small',
      comment: 'Boot is evaluated on every record page; the panel comes in a script of its own.',
      severity: 'error',
      from: { path: '^src/(record|mobile)/boot\\.' },
      to: { path: 'node_modules/(react|@tanstack|@kintone)', reachable: true },
    },
    {
      name: 'dictionaries-stand-alone',
      comment: 'Texts depend on nothing that draws them.',
      severity: 'error',
      from: { path: '^src/ui/(dictionaries|i18n)' },
      to: { path: '^src/(ui|config|record|log|mobile)/', pathNot: '^src/ui/(dictionaries|i18n)' },
    },
    {
      name: 'no-circles',
      comment:
        'Whatever is imported stands alone, imports of types included. The exception lies in the matter: a run can start runs.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/run/(children|deferred|requested|resume|start|write)\\.' },
      to: { circular: true },
    },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'src-stands-alone',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '(^|/)(test|scripts)/', pathNot: 'node_modules' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'browser', 'default'] },
  },
};
