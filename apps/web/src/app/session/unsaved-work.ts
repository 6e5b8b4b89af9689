import { Injectable } from '@angular/core';

type Names = () => readonly string[];
const nothing: Names = () => [];

/** What the page at hand holds and has not saved: asked about before it is lost, wherever one leaves by. */
@Injectable({ providedIn: 'root' })
export class UnsavedWork {
  #names = nothing;

  /** Of which administrations something is unsaved. */
  names(): readonly string[] {
    return this.#names();
  }

  /** A page tells what it holds until it calls what this gives back. */
  hold(names: Names): () => void {
    this.#names = names;
    return () => {
      if (this.#names === names) this.drop();
    };
  }

  /** Its owner gave it up, or it can no longer be saved. */
  drop(): void {
    this.#names = nothing;
  }
}
