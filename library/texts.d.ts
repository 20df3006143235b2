/** Scripts of other threads as text, which `npm run pack` makes: no bundler need know that they exist. */
declare module 'earmark:worker' {
  const text: string;
  export default text;
}
declare module 'earmark:worklet' {
  const text: string;
  export default text;
}
