/**
 * The words scripts put into the page, in the page's own language (`<html lang>`); Chinese where
 * there is no other. Asked when something is written, never kept: tests change the language.
 * What only programmers read (console, thrown errors) is English and not here.
 */
import { EN } from './words/en'
import { ZH_CN, type Words } from './words/zh_cn'

export function words(): Words {
  return document.documentElement.lang.startsWith('en') ? EN : ZH_CN
}
