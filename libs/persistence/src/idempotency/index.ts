export { keepAnswer, takeKey, type AnswerKey, type KeptAnswer, type TakenKey } from './kept-answers.js';
export { trimAnswers } from './trim-answers.js';
