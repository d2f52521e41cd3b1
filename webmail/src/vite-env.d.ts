/// <reference types="vite/client" />
declare module 'virtual:sentences/fr' {
  import type { Sentences } from './i18n/words';
  const sentences: Sentences;
  export default sentences;
}
declare module 'virtual:sentences/en' {
  import type { Sentences } from './i18n/words';
  const sentences: Sentences;
  export default sentences;
}
declare module 'virtual:icons' {
  const address: string;
  export default address;
}
declare module '*.css';
