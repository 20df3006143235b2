/**
 * What a browser may do on Earmark's behalf. `npm start` and hosts that read the build's headers send it; elsewhere the
 * service worker adds it. This is the only place that holds the values.
 */

/**
 * Everything is loaded from Earmark's own address. Requests to other addresses are blocked.
 *
 * A policy has limits: against injected code it stops neither WebRTC nor `window.open`. The directive `webrtc 'block'`
 * is left out, because Chromium (156) does not know it and reports an error at each start. `script-src` and Trusted
 * Types keep code from being injected.
 */
const contentSecurityPolicy: Readonly<Record<string, string>> = {
  'default-src': "'self'",
  // TensorFlow.js compiles WebAssembly. Text is never run as a script.
  'script-src': "'self' 'wasm-unsafe-eval'",
  'style-src': "'self'",
  'connect-src': "'self'",
  'worker-src': "'self'",
  // Clips are played, and pictures drawn, from the page's own memory.
  'media-src': "'self' blob:",
  'img-src': "'self' blob: data:",
  'object-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'self'",
  // Lit's templates, and the rule in own-scripts.ts.
  'require-trusted-types-for': "'script'",
  'trusted-types': 'lit-html default',
};

/** Features that Earmark asks for: the microphone, and the sound of a tab or of the system. */
const usedFeatures = ['microphone', 'display-capture'];

/** Features that Earmark does not use, by Chromium's names. */
const refusedFeatures = [
  'accelerometer',
  'browsing-topics',
  'camera',
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

/** The policy in the form that a page's `<meta>` tag can carry. */
export const metaContentSecurityPolicy = policyText(contentSecurityPolicy);

/** Cross-origin isolation: no other site's page shares the process, and Chromium reports a worker's memory use. */
export const isolationHeaders: Readonly<Record<string, string>> = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** All headers, sent with every file. */
export const securityHeaders: Readonly<Record<string, string>> = {
  ...isolationHeaders,
  'Content-Security-Policy': policyText({ ...contentSecurityPolicy, 'frame-ancestors': "'none'" }),
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': [
    ...usedFeatures.map((name) => `${name}=(self)`),
    ...refusedFeatures.map((name) => `${name}=()`),
  ].join(', '),
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};
