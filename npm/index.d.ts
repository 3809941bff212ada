import type { ApiError, AuthorFields, Comment, CommentId, Sort } from "./wire.d.ts";

export type * from "./wire.d.ts";

/** What a thread is told; the attributes of the tag without `data-`, see the embedding guide. */
export interface Options {
  /** Slug of the site. */
  site: string;
  /** Names the page within the site; the path of the canonical URL unless given. */
  pageKey?: string;
  /** Where the page is read; the canonical URL unless given. */
  pageUrl?: string;
  /** The document's title unless given. */
  pageTitle?: string;
  /** A BCP 47 tag; that of `<html lang>` unless given. */
  lang?: string;
  /** Order of the root comments; `oldest` unless given. */
  sort?: Sort;
  theme?: Theme;
  /** How deep replies move in. */
  maxDepth?: number;
  /** Comments of the first slice. */
  limit?: 10 | 20 | 50 | 100;
  /** `lazy` asks for the comments when the thread comes near, `eager` starts the widget at once. */
  loading?: "auto" | "eager" | "lazy";
  /** Shows the thread in a frame of the server's origin, always. */
  frame?: boolean;
  /** Whether readers are told what others write meanwhile; `on` unless given. */
  live?: "on" | "off";
  /** Whether what is new since the reader's last visit is marked; `on` unless given. */
  new?: "on" | "off";
  /** Address of a style sheet of yours for the inside of the thread. */
  css?: string;
  /** How the reader signs, as for {@link Handle.login}. */
  viewer?: AuthorFields;
}

export type Theme = "auto" | "light" | "dark";

/** Commands one thread. */
export interface Handle {
  /** The element that holds the thread. */
  readonly element: HTMLElement;
  /** Shows the thread anew with these options changed. */
  update(changes: Partial<Options>): void;
  /** Asks for the comments again. */
  reload(): void;
  /** Takes the thread out of the page, which is then as it was. */
  destroy(): void;
  setTheme(theme: Theme): void;
  setLang(lang: string): void;
  /** Shows a comment, wherever in the thread it stands. */
  goTo(comment: CommentId): void;
  /** Fills in how the reader signs; the server is told no more than if they had typed it. */
  login(viewer: AuthorFields): void;
  /** Forgets on this device who the reader was: who comes next cannot change their comments. Unsent text stays. */
  logout(): void;
}

/** What `embed.js` puts into the page as `Afterword`. */
export interface Afterword {
  mount(element: Element, options: Options): Handle;
  /** With `count.js` in the page: writes the counts anew. */
  count?(): void;
}

export interface LoadOptions {
  /** Name of the script on the server, for a versioned one; `embed.js` unless given. */
  script?: string;
  /** Subresource integrity of a versioned script. */
  integrity?: string;
  /** The nonce of the page's policy. */
  nonce?: string;
}

/** Resolves to `Afterword` once the server's script has run. A page has one server: the first one named, or the one of a tag. */
export function load(server: string, options?: LoadOptions): Promise<Afterword>;

/** Puts a thread into an element and resolves to its handle. */
export function mount(element: Element, options: Options & { server: string }): Promise<Handle>;

declare global {
  interface Window {
    Afterword?: Afterword;
  }

  interface HTMLElementTagNameMap {
    "afterword-thread": HTMLElement;
  }

  interface GlobalEventHandlersEventMap {
    /** The widget has taken over; reaches listeners that come later, too. */
    "afterword:ready": CustomEvent<unknown>;
    /** The comments are on screen. */
    "afterword:thread-loaded": CustomEvent<{ comment_count: number }>;
    /** The server has acknowledged this reader's comment. */
    "afterword:comment-created": CustomEvent<Comment>;
    /** A write was refused; `null` where the server was not reached. */
    "afterword:request-failed": CustomEvent<ApiError | null>;
  }
}
