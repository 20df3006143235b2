/** Which way imports may point: a folder tells the thread that its code runs on, and so what it may touch. */

/** What each folder may import, apart from itself and from packages. */
const mayImport = {
  'src/shared': [],
  'src/dsp': ['src/shared'],
  'src/metrics': ['src/shared'],
  'src/model': ['src/shared'],
  'src/teach': ['src/metrics', 'src/shared'],
  'src/events': ['src/shared'],
  'src/sound': ['src/dsp', 'src/shared'],
  'src/recordings': ['src/dsp', 'src/events', 'src/model', 'src/shared'],
  'src/tagger': [
    'src/recordings',
    'src/events',
    'src/sound',
    'src/teach',
    'src/model',
    'src/dsp',
    'src/metrics',
    'src/shared',
  ],
  'src/audio': ['worklets', 'src/sound', 'src/dsp', 'src/shared'],
  'src/store': ['src/shared'],
  'src/app': ['src/audio', 'src/store', 'src/events', 'src/sound', 'src/dsp', 'src/shared'],
  'src/ui': ['src/app', 'src/audio', 'src/store', 'src/events', 'src/shared'],
  'src/service-worker': ['src/shared'],
  worklets: ['src/shared'],
  build: ['src/shared'],
  library: [
    'cli/networks',
    'cli/earmark',
    'src/recordings',
    'src/events',
    'src/dsp',
    'src/model',
    'src/tagger/live',
    'src/shared',
  ],
  // Commands say in English what the page would say.
  cli: [
    'src/recordings',
    'src/events',
    'src/sound',
    'src/dsp',
    'src/model',
    'src/metrics',
    'src/tagger/live',
    'src/tagger/diary',
    'src/shared',
    'src/ui/messages',
  ],
};

/** The views of the page; none imports another. */
const views = ['listen', 'diary', 'recordings', 'teach', 'models', 'settings'].map((view) => `src/ui/${view}`);

/** The floors of src/ui, from the top: each imports floors below its own, and itself. */
const floors = [
  ['src/ui/main.ts'],
  ['src/ui/after-first-paint.ts'],
  ['src/ui/page'],
  views,
  ['src/ui/kit'],
  ['src/ui/messages', 'src/ui/tokens.css'],
];

/** Packages that belong to some folders only. */
const homes = [
  { packages: '@tensorflow', folders: ['src/model', 'cli/networks', 'bench/peers/workers', 'test'] },
  { packages: 'lit|lit-html|lit-element|@lit', folders: ['src/ui', 'test'] },
  { packages: 'workbox-window', folders: ['src/app'] },
  { packages: 'workbox-(core|precaching|routing|strategies)', folders: ['src/service-worker'] },
  // The page speaks to no other host.
  { packages: 'mqtt', folders: ['cli/earmark/listen', 'test'] },
  { packages: 'comlink', folders: ['src/tagger', 'src/app', 'library', 'bench', 'test'] },
];

/** The folders whose code runs in Node, besides files named node.ts. */
const nodeFiles = '^(build|cli|bench|test|scripts)/|/node\\.ts$|^[^/]+$';

/** Packages of folders with a package.json of their own: they may be missing. */
const ownPackages = ['./bench/package.json', './cli/package.json'].flatMap((file) =>
  Object.keys(require(file).dependencies),
);
const optionalPackages = `(^|/)(${ownPackages.join('|')})(/|$)`;

const anyOf = (folders) => `^(${folders.join('|')})/`;
const anyRoomOf = (rooms) => `^(${rooms.join('|')})(/|$)`;

module.exports = {
  forbidden: [
    ...Object.entries(mayImport).map(([folder, others]) => ({
      name: `${folder.replace('src/', '')}-imports`,
      comment: `${folder} may import ${others.join(', ') || 'nothing'} of this repository`,
      severity: 'error',
      from: { path: anyOf([folder]) },
      to: {
        pathNot: ['(^|/)node_modules/', optionalPackages, anyOf([folder, ...others])],
        dependencyTypesNot: ['core'],
      },
    })),
    {
      name: 'unknown-folder',
      comment: 'every file of src lies in a folder that .dependency-cruiser.cjs has a rule for',
      severity: 'error',
      from: { path: '^src/', pathNot: anyOf(Object.keys(mayImport)) },
      to: {},
    },
    {
      name: 'unknown-floor',
      comment: 'every file of src/ui lies in a room that .dependency-cruiser.cjs gives a floor',
      severity: 'error',
      from: { path: '^src/ui/', pathNot: anyRoomOf(floors.flat()) },
      to: {},
    },
    ...floors.flatMap((rooms, index) =>
      rooms.map((room) => ({
        name: `${room.replace('src/', '')}-floor`,
        comment: `in src/ui, ${room} may import what is below it: ${floors
          .slice(index + 1)
          .flat()
          .join(', ')}`,
        severity: 'error',
        from: { path: anyRoomOf([room]) },
        to: { path: '^src/ui/', pathNot: anyRoomOf([room, ...floors.slice(index + 1).flat()]) },
      })),
    ),
    ...homes.map(({ packages, folders }) => ({
      name: `home-of-${packages.split('|')[0]}`,
      comment: `only ${folders.join(', ')} may import it`,
      severity: 'error',
      from: { pathNot: anyOf(folders) },
      to: { path: `(^|/)node_modules/(${packages})/` },
    })),
    {
      name: 'no-node-in-browser',
      comment: "Node's own modules exist in Node only",
      severity: 'error',
      from: { pathNot: nodeFiles },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'node-file-in-browser',
      comment: 'a node.ts is for Node only',
      severity: 'error',
      from: { path: '^(src|worklets)/', pathNot: '/node\\.ts$' },
      to: { path: '/node\\.ts$', pathNot: 'node_modules' },
    },
    { name: 'no-circle', severity: 'error', from: {}, to: { circular: true } },
    { name: 'unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: optionalPackages } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Their packages may be missing, and are not ours to look at; the texts of the library’s scripts exist once packed.
    exclude: { path: '^((bench|cli)/node_modules|earmark:)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
