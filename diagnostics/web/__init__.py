"""The school's form: pages in French, whole without JavaScript, without any cookie.

`urls` their addresses, `views` what each does, `public` what all of them share,
`pages` what the templates show.

- `resume`: the way back by a code. `solved`: what is said of a result.
- `school_class`: a whole class at once, `class_form` what its form carries.
- `poster`: the page to print. `offline`: the file to take along. `integration`: how another site
  shows a guide.
- `legal`: what the law wants said.
"""
