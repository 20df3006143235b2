import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

/** The file that the page links to, with the full text of every licence. */
const LICENCES_FILE = 'licences.txt';
const BYTE_ORDER_MARK = '\uFEFF';

/** An author's work in a build, and its licence. */
export interface Licence {
  /** Name and version of the package, or another description. */
  readonly name: string;
  /** SPDX identifier: `MIT`. */
  readonly id: string;
  readonly text: string;
}

/** Texts that packages lack, in `build/licence-texts`. */
const TEXTS = join(import.meta.dirname, 'licence-texts');

/** Packages that state their licence but carry no text. */
const textsElsewhere: Readonly<Record<string, string>> = {
  '@wasm-audio-decoders/common': 'wasm-audio-decoders.txt',
  '@wasm-audio-decoders/ogg-vorbis': 'wasm-audio-decoders.txt',
  'mpg123-decoder': 'wasm-audio-decoders.txt',
  'opus-decoder': 'wasm-audio-decoders.txt',
};

/** Libraries that are compiled into packages. */
const compiledIn: Readonly<Record<string, { name: string; id: string; file: string }>> = {
  'mpg123-decoder': { name: 'libmpg123, © the mpg123 project (mpg123.org)', id: 'LGPL-2.1', file: 'lgpl-2.1.txt' },
  'opus-decoder': { name: 'libopus', id: 'BSD-3-Clause', file: 'xiph.txt' },
  '@wasm-audio-decoders/ogg-vorbis': { name: 'libvorbis and libogg', id: 'BSD-3-Clause', file: 'xiph.txt' },
};

/** Works that are in the models rather than in code. */
const inModels = [
  { name: 'mn04_as of EfficientAT, with whose weights Earmark’s training began', id: 'MIT', file: 'mn04.txt' },
];

/** A section of a README about the licence, up to the next heading or the end. */
const README_SECTION = /^(?:#+\s*)?licen[cs]e(?:\s*\([^)]*\))?\s*$\n([\s\S]*?)(?=^#+\s|$(?![\s\S]))/im;
/** A sentence found in each full text of the MIT, ISC and BSD licences. */
const FULL_TEXT = /permission is hereby granted|permission to use, copy|redistribution and use/i;

/**
 * Finds the licence of the package in `folder`: its own file, a section of its README, or, for the Apache licence, the
 * text shared by all its users.
 *
 * @param apacheText the full text of the Apache License 2.0.
 * @throws Error if there is no text, because a build must not contain what may not be redistributed.
 */
export function licenceOf(folder: string, apacheText: string): Licence {
  const { name, version, license, main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const isApache = license === 'Apache-2.0';
  const text =
    ownText(folder) ?? textElsewhere(name) ?? (isApache ? `${copyrightOf(folder, main)}\n\n${apacheText}` : undefined);
  if (!text) {
    throw new Error(
      `${name} ${version} (${license}) carries no licence text: look for it at its source, or do without it.`,
    );
  }
  return { name: `${name} ${version}`, id: license, text };
}

function textElsewhere(name: string): string | undefined {
  const file = textsElsewhere[name];
  return file === undefined ? undefined : readFileSync(join(TEXTS, file), 'utf8');
}

/** The licence of the library that is compiled into a package. */
function licencesWithin(folder: string): Licence[] {
  const { name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const library = compiledIn[name];
  if (!library) return [];
  return [{ name: library.name, id: library.id, text: readFileSync(join(TEXTS, library.file), 'utf8') }];
}

function ownText(folder: string): string | undefined {
  const files = readdirSync(folder);
  const own = files.filter((file) => /^(licen[cs]e|copying|notice)(\.(md|txt))?$/i.test(file)).sort();
  if (own.length > 0) return own.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
  const readme = files.find((file) => /^readme\.md$/i.test(file));
  const section = readme && README_SECTION.exec(readFileSync(join(folder, readme), 'utf8'))?.[1];
  return section && FULL_TEXT.test(section) ? section : undefined;
}

/** The copyright line at the top of the package's main script; empty if there is none. */
function copyrightOf(folder: string, main: string): string {
  const code = readFileSync(join(folder, main), 'utf8');
  return /copyright \d{4}.*$/im.exec(code.slice(0, 1000))?.[0].trim() ?? '';
}

/** All licences in one text, by name. */
export function licencesText(licences: readonly Licence[]): string {
  const sorted = [...licences].sort((a, b) => a.name.localeCompare(b.name, 'en'));
  const parts = sorted.map(({ name, id, text }) => `${'─'.repeat(80)}\n${name} (${id})\n\n${text.trim()}\n`);
  return `Earmark contains the work of others, under these licences.\n\n${parts.join('\n')}`;
}

/** Collects the packages that the page, its workers and the service worker are built from. */
export class LicenceCollector {
  readonly #root: string;
  readonly #folders = new Set<string>();

  /** @param root the repository's folder. */
  constructor(root: string) {
    this.#root = root;
  }

  /** Notes the packages of one build: of the page, or of a worker. */
  collecting(): Plugin {
    return {
      name: 'earmark:collect-licences',
      apply: 'build',
      generateBundle: (_, bundle) => {
        for (const file of Object.values(bundle)) {
          if (file.type === 'chunk') for (const id of Object.keys(file.modules)) this.#note(id);
        }
      },
    };
  }

  /** Writes the file. Runs after the builds of the workers, which end within that of the page. */
  writing(): Plugin {
    const collector = this;
    return {
      name: 'earmark:write-licences',
      apply: 'build',
      generateBundle: {
        order: 'post',
        handler() {
          // Hosts often do not say how a text is encoded, and browsers then take it for Latin-1. The mark tells them.
          const source = `${BYTE_ORDER_MARK}${collector.text()}`;
          this.emitFile({ type: 'asset', fileName: LICENCES_FILE, source });
        },
      },
    };
  }

  /** The licences of all packages so far, of the service worker's, which is built last, and of the icons. */
  text(): string {
    const modules = join(this.#root, 'node_modules');
    const ofServiceWorker = readdirSync(modules).filter(
      (name) => name.startsWith('workbox-') && this.#isDependency(name),
    );
    const icons = readFileSync(join(this.#root, 'src/ui/kit/icons-license.txt'), 'utf8');
    return licencesText([
      ...this.#licencesOf(ofServiceWorker.map((name) => join(modules, name))),
      { name: 'Lucide icons', id: 'ISC', text: icons },
    ]);
  }

  /** The licences of the packages so far: for a build without the page. */
  packagesText(): string {
    return licencesText(this.#licencesOf([]));
  }

  /** Of the packages so far, of those in more folders, and of the models. */
  #licencesOf(moreFolders: readonly string[]): Licence[] {
    const apacheText = readFileSync(join(this.#root, 'LICENSE'), 'utf8');
    const folders = [...new Set([...this.#folders, ...moreFolders])];
    return [
      ...folders.map((folder) => licenceOf(folder, apacheText)),
      ...folders.flatMap(licencesWithin),
      ...inModels.map(({ name, id, file }) => ({ name, id, text: readFileSync(join(TEXTS, file), 'utf8') })),
    ];
  }

  #isDependency(name: string): boolean {
    return name in JSON.parse(readFileSync(join(this.#root, 'package.json'), 'utf8')).dependencies;
  }

  /** Notes the package of a module, if it belongs to one. */
  #note(id: string): void {
    const path = id.replace(/^\0/, '').replace(/\?.*$/, '');
    if (!path.includes('/node_modules/')) return;
    let folder = dirname(path);
    // A package may hold further package.json files without a name, which say how to read its modules.
    while (
      !existsSync(join(folder, 'package.json')) ||
      !JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version
    ) {
      folder = dirname(folder);
    }
    this.#folders.add(folder);
  }
}
