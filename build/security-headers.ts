import type { Plugin } from 'vite';
import { isolationHeaders, metaContentSecurityPolicy, securityHeaders } from '../src/shared/lib/security-headers.ts';

const CHARACTER_SET = '<meta charset="utf-8" />';

const metaTags = `
    <meta http-equiv="Content-Security-Policy" content="${metaContentSecurityPolicy}" />
    <meta name="referrer" content="${securityHeaders['Referrer-Policy']}" />`;

/**
 * Gives the built page its content security policy, the preview server all headers, and hosts such as Netlify a file
 * that lists them. The development server only isolates the page: it needs inline scripts.
 */
export function securityHeadersPlugin(): Plugin {
  return {
    name: 'earmark:security-headers',
    config: () => ({ server: { headers: isolationHeaders }, preview: { headers: securityHeaders } }),
    transformIndexHtml: {
      order: 'post',
      // After the character set, which has to come first, and before everything that the policy covers.
      handler: (html, { server }) => (server ? html : html.replace(CHARACTER_SET, `${CHARACTER_SET}${metaTags}`)),
    },
    // A script keeps its name, and so its place in the service worker's cache, only as long as its headers are
    // unchanged.
    augmentChunkHash: () => JSON.stringify(securityHeaders),
    generateBundle() {
      const lines = Object.entries(securityHeaders).map(([name, value]) => `  ${name}: ${value}\n`);
      this.emitFile({ type: 'asset', fileName: '_headers', source: `/*\n${lines.join('')}` });
    },
  };
}
