/**
 * What a browser may do on Earmark's behalf: sent by `npm start` and by hosts that take headers from the build, added by
 * the service worker everywhere else. This is the one place that holds the values.
 */

/**
 * Everything is loaded from Earmark's own address, and requests to other addresses are blocked.
 *
 * A policy has its limits: against injected code it stops neither WebRTC nor `window.open`. The directive
 * `webrtc 'block'` is left out, because Chromium (156) does not know it and reports an error at each start. What keeps
 * code from being injected are `script-src` and Trusted Types.
 */
const contentSecurityPolicy: Readonly<Record<string, string>> = {
  'default-src': "'self'",
  // TensorFlow.js compiles WebAssembly. Text is never run as a script.
  'script-src': "'self' 'wasm-unsafe-eval'",
  'style-src': "'self'",
  'connect-src': "'self'",
  'worker-src': "'self'",
  // Clips are played, and pictures drawn, out of the page's own memory.
  'media-src': "'self' blob:",
  'img-src': "'self' blob: data:",
  'object-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'self'",
  // Lit's templates, and the rule of own-scripts.ts.
  'require-trusted-types-for': "'script'",
  'trusted-types': 'lit-html default',
};

/** Features that Earmark has no use for, the names as Chromium knows them. */
const refusedFeatures = [
  'accelerometer',
  'browsing-topics',
  'camera',
  'display-capture',
  'encrypted-media',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'midi',
  'otp-credentials',
  'payment',
  'publickey-credentials-create',
  'publickey-credentials-get',
  'serial',
  'usb',
  'window-management',
  'xr-spatial-tracking',
];

function policyText(directives: Readonly<Record<string, string>>): string {
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ');
}

/** The policy as a page's `<meta>` tag can carry it. */
export const metaContentSecurityPolicy = policyText(contentSecurityPolicy);

/** Cross-origin isolation: no other site's page shares the process, and Chromium tells how much memory a worker holds. */
export const isolationHeaders: Readonly<Record<string, string>> = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** All headers, for every file. */
export const securityHeaders: Readonly<Record<string, string>> = {
  ...isolationHeaders,
  'Content-Security-Policy': policyText({ ...contentSecurityPolicy, 'frame-ancestors': "'none'" }),
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': ['microphone=(self)', ...refusedFeatures.map((name) => `${name}=()`)].join(', '),
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};
