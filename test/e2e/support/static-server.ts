import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

/** What the simplest of hosts knows of files. */
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

interface Content {
  folder: string;
  /** Files that are asked for and never come. */
  stalled?: { readonly name: RegExp; readonly onRequest: () => void };
}

/** A host that serves a folder below a path and sends no header that Earmark could choose, as GitHub Pages does. */
export class StaticServer {
  private constructor(
    private readonly server: Server,
    readonly address: string,
    private readonly content: Content,
  ) {}

  static async start(folder: string, path: `/${string}/`): Promise<StaticServer> {
    const content: Content = { folder };
    const server = createServer(async (request, response) => {
      const { pathname } = new URL(request.url ?? '', 'http://localhost');
      const file = normalize(pathname.endsWith('/') ? `${pathname}index.html` : pathname);
      if (content.stalled?.name.test(file)) return content.stalled.onRequest();
      try {
        if (!file.startsWith(path)) throw new Error(`${file} is not below ${path}`);
        const body = await readFile(join(content.folder, file.slice(path.length)));
        response.setHeader('Content-Type', types[extname(file)] ?? 'application/octet-stream');
        // As `vite preview` and many hosts do. A cache then tells requests of the same file apart.
        response.setHeader('Vary', 'Origin');
        response.end(body);
      } catch {
        response.statusCode = 404;
        response.end();
      }
    });
    await new Promise<void>((resolve) => server.listen(0, resolve));
    const { port } = server.address() as AddressInfo;
    return new StaticServer(server, `http://localhost:${port}${path}`, content);
  }

  /** From now on it serves another build. */
  deploy(folder: string): void {
    this.content.folder = folder;
  }

  /** From now on files of that name never come. @returns when the first one is asked for. */
  stall(name: RegExp): Promise<void> {
    return new Promise((onRequest) => {
      this.content.stalled = { name, onRequest };
    });
  }

  /** Ends it; nothing answers at its address any more. */
  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
