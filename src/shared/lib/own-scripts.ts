/** The part of Trusted Types that Earmark uses; TypeScript does not know them yet. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): unknown;
}

/**
 * Lets workers start from Earmark's own address alone, whoever starts them; text never becomes a script.
 *
 * Where the browser has Trusted Types and the page demands them, every address of a script goes through this rule. To be
 * called once in each thread that starts workers, before it does.
 */
export function allowOwnScripts(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  trustedTypes?.createPolicy('default', {
    createScriptURL(url) {
      const { origin } = new URL(url, location.href);
      if (origin === location.origin) return url;
      throw new TypeError(`Earmark runs no script of ${origin}`);
    },
  });
}
