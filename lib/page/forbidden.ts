/** What is not for us, even where it can be seen: what a person types or chooses, and what no reading aid is given. */
export const forbidden =
  'input,textarea,select,option,datalist,[contenteditable]:not([contenteditable=false i]),' +
  '[role=textbox i],[role=searchbox i],[autocomplete*=cc- i],[autocomplete*=password i],' +
  '[autocomplete=one-time-code i],[aria-hidden=true i],' +
  'script,style,noscript,template,iframe,frame,object,embed,canvas,video,audio,svg,map,progress,meter';
